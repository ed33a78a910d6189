//! A pool of threads that does numbered tasks and hands their results over one by one, in order or as they are done.
//!
//! No task begins more than a window ahead of what was taken, so that memory stays flat however slow the taker is.

use std::{
    collections::BTreeMap,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// How long [`Pool::next`] waits at most: often enough to see Ctrl-C.
const TICK: Duration = Duration::from_millis(50);
/// Tasks that may be done ahead, for each thread.
const AHEAD: usize = 4;

/// A pool at work. Dropping it stops its threads behind the task each is at.
pub struct Pool<T> {
    shared: Arc<Shared<T>>,
    ordered: bool,
    tasks: usize,
}

struct Shared<T> {
    state: Mutex<State<T>>,
    /// A task is done.
    done: Condvar,
    /// A result was taken.
    taken: Condvar,
}

struct State<T> {
    /// The next task to begin.
    next: usize,
    done: BTreeMap<usize, T>,
    taken: usize,
    stopped: bool,
}

/// What is next.
pub enum Next<T> {
    /// The number of a task and its result.
    Done(usize, T),
    /// Nothing yet.
    Waiting,
    /// Nothing any more.
    End,
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // No code that may panic runs under the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Send + 'static> Pool<T> {
    /// Begins tasks `0..tasks` on so many threads. `work` does one; it must not panic.
    pub fn new(tasks: usize, threads: usize, ordered: bool, work: impl Fn(usize) -> T + Send + Sync + 'static) -> Self {
        let state = State { next: 0, done: BTreeMap::new(), taken: 0, stopped: false };
        let shared = Arc::new(Shared { state: Mutex::new(state), done: Condvar::new(), taken: Condvar::new() });
        let work = Arc::new(work);
        let window = threads * AHEAD;
        for _ in 0..threads.min(tasks) {
            let (shared, work) = (Arc::clone(&shared), Arc::clone(&work));
            thread::spawn(move || run(&shared, tasks, window, work.as_ref()));
        }
        Self { shared, ordered, tasks }
    }

    /// The next result; waits a little while for it.
    pub fn next(&self) -> Next<T> {
        let mut state = self.shared.lock();
        if state.taken == self.tasks {
            return Next::End;
        }
        let ready = |state: &State<T>| if self.ordered { state.done.contains_key(&state.taken) } else { !state.done.is_empty() };
        if !ready(&state) {
            state = self.shared.done.wait_timeout(state, TICK).unwrap_or_else(PoisonError::into_inner).0;
        }
        if !ready(&state) {
            return Next::Waiting;
        }
        match state.done.pop_first() {
            Some((task, result)) => {
                state.taken += 1;
                self.shared.taken.notify_all();
                Next::Done(task, result)
            }
            None => Next::Waiting,
        }
    }
}

impl<T> Drop for Pool<T> {
    fn drop(&mut self) {
        self.shared.lock().stopped = true;
        self.shared.taken.notify_all();
    }
}

/// What each thread does.
fn run<T>(shared: &Shared<T>, tasks: usize, window: usize, work: &(impl Fn(usize) -> T + ?Sized)) {
    loop {
        let mut state = shared.lock();
        while !state.stopped && state.next < tasks && state.next >= state.taken + window {
            state = shared.taken.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.stopped || state.next >= tasks {
            return;
        }
        let task = state.next;
        state.next += 1;
        drop(state);
        let result = work(task);
        shared.lock().done.insert(task, result);
        shared.done.notify_all();
    }
}
