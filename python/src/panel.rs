//! Agencies over the years: reports of one agency read together, so that each year may decide what another leaves open.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use gongkai::{
    Document, Member, Options, Report, SeriesOptions,
    write::arrow::{Collector, Rows},
};
use gongkai_grammar::fold;
use pyo3::prelude::*;

use crate::{
    frame::Frame,
    guard::{caught, internal},
    many::{Source, count, next, options},
    pool::Pool,
};

/// The tables of a panel.
const TABLES: [Rows; 4] = [Rows::Indicators, Rows::Years, Rows::YearChecks, Rows::YearFindings];

type Batches = Result<Vec<RecordBatch>, String>;

/// Reads the documents once more, agency by agency, and gives the tables of indicators, years, checks and findings across years. `issuers` are
/// the agencies as the reports name them; documents that cannot be read are left out.
#[pyfunction]
#[pyo3(signature = (sources, issuers, threads = None, max_bytes = None))]
pub fn panel_frames(
    py: Python<'_>,
    sources: Vec<Source>,
    issuers: Vec<Option<String>>,
    threads: Option<usize>,
    max_bytes: Option<usize>,
) -> PyResult<Vec<Frame>> {
    let groups = groups(&issuers);
    let options = options(max_bytes);
    let tasks = groups.len();
    let work = move |task: usize| -> Batches {
        let members = groups.get(task).into_iter().flatten().filter_map(|&at| sources.get(at));
        caught(|| agency(members, &options)).and_then(|batches| batches)
    };
    let pool = Pool::new(tasks, count(threads), true, work);
    let mut tables: Vec<Vec<RecordBatch>> = vec![Vec::new(); TABLES.len()];
    while let Some((_, batches)) = next(py, &pool)? {
        for (table, batch) in tables.iter_mut().zip(batches.map_err(internal)?) {
            table.push(batch);
        }
    }
    Ok(TABLES.iter().zip(tables).map(|(rows, batches)| Frame::new(rows.name(), rows.schema(), batches)).collect())
}

/// The numbers of the reports of each agency, by its folded name. A report that names none stands alone.
fn groups(issuers: &[Option<String>]) -> Vec<Vec<usize>> {
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut groups = Vec::new();
    for (at, issuer) in issuers.iter().enumerate() {
        match issuer.as_deref().map(fold).filter(|name| !name.is_empty()) {
            Some(name) => named.entry(name).or_default().push(at),
            None => groups.push(vec![at]),
        }
    }
    named.into_values().chain(groups).collect()
}

fn agency<'a>(sources: impl Iterator<Item = &'a Source>, options: &Options) -> Batches {
    let mut documents: Vec<(&str, Document)> = Vec::new();
    let mut reports: Vec<Report> = Vec::new();
    for source in sources {
        if let Ok(document) = source.document(options) {
            reports.push(gongkai::parse_document(&document, options));
            documents.push((source.name(), document));
        }
    }
    let named: Vec<(&str, &Document)> = documents.iter().map(|(name, document)| (*name, document)).collect();
    gongkai::reread(&named, &mut reports, options, &SeriesOptions::default());
    let members: Vec<Member<'_>> =
        named.iter().zip(&reports).map(|((name, document), report)| Member { name, text: &document.text, report }).collect();
    let series = gongkai::series(&members, &SeriesOptions::default());
    let mut batches = Vec::new();
    for rows in TABLES {
        let mut collector = Collector::new(rows);
        named.iter().zip(&reports).for_each(|((name, _), report)| collector.push(name, report));
        series.iter().for_each(|series| collector.push_series(series));
        batches.push(collector.finish().map_err(|error| error.to_string())?);
    }
    Ok(batches)
}
