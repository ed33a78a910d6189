//! Many files: read by a pool of threads without the GIL.

use std::{path::Path, sync::Arc};

use arrow_array::RecordBatch;
use gongkai::{
    Message, Offsets, Options,
    write::arrow::{Collector, Rows},
};
use pyo3::{prelude::*, pybacked::PyBackedBytes};

use crate::{
    frame::{Frame, rows_of},
    guard::{InternalError, caught, guarded, internal, read_error},
    pool::{Next, Pool},
    report::Report,
};

/// Files whose rows are collected by one thread in one go.
const CHUNK: usize = 32;

/// A document: its name, and its bytes if it is not a file.
#[derive(FromPyObject)]
pub struct Source(String, Option<PyBackedBytes>);

/// What came of a document.
pub enum Outcome {
    Read(Box<(gongkai::Report, gongkai::Document)>),
    Refused(gongkai::ReadError),
    Panicked(String),
}

impl Source {
    /// What stands in the document.
    pub fn document(&self, options: &Options) -> Result<gongkai::Document, gongkai::ReadError> {
        let path = Path::new(&self.0);
        gongkai::document(self.1.as_deref().map_or(gongkai::Source::Path(path), gongkai::Source::Bytes), options)
    }

    /// Reads the document.
    pub fn read(&self, options: &Options) -> Outcome {
        let read = || {
            let document = self.document(options)?;
            let report = gongkai::parse_document(&document, options);
            Ok(Box::new((report, document)))
        };
        match caught(read) {
            Ok(Ok(read)) => Outcome::Read(read),
            Ok(Err(error)) => Outcome::Refused(error),
            Err(panic) => Outcome::Panicked(panic),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl Outcome {
    /// Why there is no report, in Chinese and English.
    fn error(&self) -> Option<Message> {
        match self {
            Self::Read(..) => None,
            Self::Refused(error) => Some(error.message()),
            Self::Panicked(panic) => {
                Some(Message { zh: format!("程序内部错误：{panic}").into(), en: format!("internal error: {panic}").into() })
            }
        }
    }

    fn exception(&self) -> Option<PyErr> {
        match self {
            Self::Read(..) => None,
            Self::Refused(error) => Some(read_error(error)),
            Self::Panicked(panic) => Some(InternalError::new_err(panic.clone())),
        }
    }
}

/// How documents are read.
pub fn options(max_bytes: Option<usize>) -> Options {
    let mut options = Options::with_offsets(Offsets::CodePoint);
    options.max_bytes = max_bytes.unwrap_or(options.max_bytes);
    options
}

/// As many threads as were asked for, or as there are cores.
pub fn count(threads: Option<usize>) -> usize {
    threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// Takes the next result of a pool, if any is left, and sees to Ctrl-C meanwhile.
pub fn next<T: Send + 'static>(py: Python<'_>, pool: &Pool<T>) -> PyResult<Option<(usize, T)>> {
    loop {
        match py.detach(|| pool.next()) {
            Next::Done(task, result) => return Ok(Some((task, result))),
            Next::End => return Ok(None),
            Next::Waiting => py.check_signals()?,
        }
    }
}

/// Reports as they are read.
#[pyclass(frozen)]
pub struct Stream {
    sources: Arc<Vec<Source>>,
    pool: Pool<Outcome>,
}

#[pymethods]
impl Stream {
    #[new]
    #[pyo3(signature = (sources, threads = None, ordered = true, max_bytes = None))]
    fn new(sources: Vec<Source>, threads: Option<usize>, ordered: bool, max_bytes: Option<usize>) -> Self {
        let sources = Arc::new(sources);
        let options = options(max_bytes);
        let all = Arc::clone(&sources);
        let work = move |task: usize| all.get(task).map_or_else(|| Outcome::Panicked("no such task".to_owned()), |source| source.read(&options));
        Self { pool: Pool::new(sources.len(), count(threads), ordered, work), sources }
    }

    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    /// Number and name of the document, and its report or the exception.
    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<(usize, String, Bound<'py, PyAny>)>> {
        py.check_signals()?;
        let Some((task, outcome)) = next(py, &self.pool)? else { return Ok(None) };
        let name = self.sources.get(task).map_or_else(String::new, |source| source.0.clone());
        let object = match outcome.exception() {
            Some(exception) => exception.into_value(py).into_bound(py).into_any(),
            None => {
                let Outcome::Read(read) = outcome else { return Err(internal("neither report nor error")) };
                let (report, document) = *read;
                Report::new(py, report, document, Some(name.clone())).into_pyobject(py)?.into_any()
            }
        };
        Ok(Some((task, name, object)))
    }
}

/// The tables of many documents, as they are read.
#[pyclass(frozen)]
pub struct TableStream {
    tasks: usize,
    rows: Vec<Rows>,
    pool: Pool<Result<Vec<RecordBatch>, String>>,
    done: std::sync::Mutex<Vec<Vec<RecordBatch>>>,
}

#[pymethods]
impl TableStream {
    /// `rows` are the names of the tables.
    #[new]
    #[pyo3(signature = (sources, rows, threads = None, max_bytes = None))]
    fn new(sources: Vec<Source>, rows: Vec<String>, threads: Option<usize>, max_bytes: Option<usize>) -> PyResult<Self> {
        let rows: Vec<Rows> = rows.iter().map(|name| rows_of(name)).collect::<PyResult<_>>()?;
        let (options, kinds) = (options(max_bytes), rows.clone());
        let tasks = sources.len().div_ceil(CHUNK);
        let work = move |task: usize| {
            let chunk = sources.chunks(CHUNK).nth(task).unwrap_or_default();
            collect(chunk, kinds.iter().map(|&rows| Collector::new(rows)).collect(), &options)
        };
        let done = std::sync::Mutex::new(vec![Vec::new(); rows.len()]);
        Ok(Self { tasks, rows, pool: Pool::new(tasks, count(threads), true, work), done })
    }

    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    /// How many documents of one more step are read, at most.
    fn __next__(&self, py: Python<'_>) -> PyResult<Option<usize>> {
        py.check_signals()?;
        let Some((_, batches)) = next(py, &self.pool)? else { return Ok(None) };
        let mut done = self.done.lock().map_err(internal)?;
        for (table, batch) in done.iter_mut().zip(batches.map_err(internal)?) {
            table.push(batch);
        }
        Ok(Some(CHUNK))
    }

    /// Steps in all.
    fn __len__(&self) -> usize {
        self.tasks
    }

    /// The tables so far, in the order of `rows`; none of them is kept.
    fn frames(&self) -> PyResult<Vec<Frame>> {
        let mut done = self.done.lock().map_err(internal)?;
        Ok(self.rows.iter().zip(done.iter_mut()).map(|(rows, batches)| Frame::new(rows.name(), rows.schema(), std::mem::take(batches))).collect())
    }
}

/// The rows of documents as one table, with a row for each that could not be read; read by the thread that calls.
#[pyfunction]
#[pyo3(signature = (sources, rows, max_bytes = None))]
pub fn batch_frame(py: Python<'_>, sources: Vec<Source>, rows: &str, max_bytes: Option<usize>) -> PyResult<Frame> {
    let (rows, options) = (rows_of(rows)?, options(max_bytes));
    let batches = guarded(py, || collect(&sources, vec![Collector::with_errors(rows)], &options))?.map_err(internal)?;
    Ok(Frame::new(rows.name(), rows.schema_with_errors(), batches))
}

/// The rows of some documents.
fn collect(sources: &[Source], mut collectors: Vec<Collector>, options: &Options) -> Result<Vec<RecordBatch>, String> {
    for source in sources {
        let outcome = source.read(options);
        // A panic while rows are made would leave some of them without their others.
        let made = caught(|| {
            if let Outcome::Read(read) = &outcome {
                collectors.iter_mut().for_each(|collector| collector.push(source.name(), &read.0));
            }
        });
        made?;
        if let Some(error) = outcome.error() {
            collectors.iter_mut().for_each(|collector| collector.push_error(source.name(), &error));
        }
    }
    collectors.iter_mut().map(|collector| collector.finish().map_err(|error| error.to_string())).collect()
}
