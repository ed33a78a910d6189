//! Throughput of [`gongkai::parse`] by dialect, of its stages, and of the two limits, in one run.

// The macros of criterion write functions without documentation.
#![allow(missing_docs)]

use std::{hint::black_box, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongkai_benches::{ALL, REAL, groups, json};

fn throughput(criterion: &mut Criterion) {
    for documents in groups() {
        let mut group = criterion.benchmark_group(&documents.name);
        group.throughput(Throughput::Bytes(documents.bytes().try_into().unwrap_or(u64::MAX)));
        group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.bench_function("parse", |b| b.iter(|| black_box(documents.parse())));
        group.bench_function("limit: newlines by memchr", |b| b.iter(|| black_box(documents.newlines())));
        group.bench_function("limit: lines by pest", |b| b.iter(|| black_box(documents.pest_lines())));
        if documents.name == ALL || documents.name == REAL {
            let reports = documents.reports();
            group.bench_function("decode", |b| b.iter(|| black_box(documents.decode())));
            group.bench_function("fold", |b| b.iter(|| black_box(documents.fold())));
            group.bench_function("JSON", |b| b.iter(|| black_box(json(&reports))));
        }
        group.finish();
    }
}

criterion_group!(benches, throughput);
criterion_main!(benches);
