//! The program: hands its arguments to [`quipu::cli`] and ends with the exit code it gives back.

use std::process::ExitCode;
use std::thread;

use quipu::cli;
use quipu::error::Exit;

/// Deep queries are parsed and evaluated by recursion; limits on depth are set for this much stack.
const STACK_BYTES: usize = 16 << 20;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        eprintln!("error: quipu met a fault of its own: {panic}");
        eprintln!("hint: please report this with the command that led here; your notes are untouched");
    }));
    let work = thread::Builder::new().name("quipu".into()).stack_size(STACK_BYTES);
    let ended = work.spawn(|| cli::run(std::env::args_os())).map(thread::JoinHandle::join);
    match ended {
        Ok(Ok(exit)) => ExitCode::from(exit.code()),
        Ok(Err(_)) | Err(_) => ExitCode::from(Exit::Fault.code()),
    }
}
