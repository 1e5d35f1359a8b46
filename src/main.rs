//! The program: hands its arguments to [`quipu::cli`] and ends with the exit code it gives back.

use std::process::ExitCode;
use std::thread;

use quipu::cli;
use quipu::error::{self, Exit};
use quipu::limits::STACK;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        if !error::is_survived() {
            eprintln!("error: quipu met a fault of its own: {panic}");
            eprintln!("hint: please report this with the command that led here; your notes are untouched");
        }
    }));
    let work = thread::Builder::new().name("quipu".into()).stack_size(STACK);
    let exit = match work.spawn(|| cli::run(std::env::args_os())) {
        Ok(thread) => thread.join().unwrap_or(Exit::Fault),
        Err(error) => {
            eprintln!("error: the system gives quipu no thread: {error}");
            eprintln!("hint: free some memory, or raise the limits on processes and address space (ulimit)");
            Exit::Fault
        }
    };
    ExitCode::from(exit.code())
}
