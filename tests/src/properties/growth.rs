//! Time grows as the input does.

use std::{
    fs,
    time::{Duration, Instant},
};

use gongkai::{Options, parse, read};

/// Bytes of the shorter input; the longer one has [`TIMES`] as many.
const SHORT: usize = 8 << 10;
const TIMES: usize = 4;
/// The longer input may take so many times as long: in linear time [`TIMES`], in quadratic time its square.
const MOST: u32 = 9;
/// What takes less is no harm, and too short to be measured.
const SLOW: Duration = Duration::from_millis(30);
/// Measurements of what seems to grow too fast; the shortest counts.
const AGAIN: usize = 4;

/// A text with a piece of it repeated, between what stands before and behind a zero byte; and the same as a web page.
pub fn growth(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (before, rest) = text.split_once('\0').unwrap_or(("", &text));
    let (repeated, behind) = rest.split_once('\0').unwrap_or((rest, ""));
    if repeated.is_empty() {
        return;
    }
    let options = Options::default();
    let page = format!("<html><body>{before}");
    let of_text = |text: &str| drop(parse(text, &options));
    // Over a limit is an answer too.
    let of_page = |text: &str| drop(read(text.as_bytes(), &options));
    for (name, before, run) in [("text", before, &of_text as &dyn Fn(&str)), ("page", &page, &of_page)] {
        let sized = |size: usize| format!("{before}{}{behind}", repeated.repeat(size / repeated.len()));
        let (short, long) = (sized(SHORT), sized(SHORT * TIMES));
        let too_slow = |runs: usize| {
            let least = |text: &str| (0..runs).map(|_| time(|| run(text))).min().unwrap_or_default();
            let long = least(&long);
            (long > SLOW && long > least(&short) * MOST).then_some(long)
        };
        if let Some(took) = too_slow(1).and_then(|_| too_slow(AGAIN)) {
            panic!("{name}: {took:?} for {} bytes, {MOST} times as long as for {}", long.len(), short.len());
        }
    }
}

/// The time that this thread computes, where the system tells; what other programs do does not count.
fn time(work: impl FnOnce()) -> Duration {
    let computed = || Some(Duration::from_nanos(fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()?));
    let (began, clock) = (computed(), Instant::now());
    work();
    match (began, computed()) {
        (Some(began), Some(ended)) => ended - began,
        _ => clock.elapsed(),
    }
}
