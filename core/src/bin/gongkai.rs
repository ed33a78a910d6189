//! The command line, see [`gongkai::cli`].

use std::process::ExitCode;

/// A report is thousands of small pieces: the system's allocator takes a sixth of the time to read one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(gongkai::cli::main(std::env::args_os()))
}
