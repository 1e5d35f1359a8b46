//! The graph for assistants: a server of the Model Context Protocol on standard input and output.
//!
//! In: requests as JSON lines. Out: answers with evidence as `path:line`. Arguments → [`Session`] →
//! plain values; the crate `rmcp` speaks the protocol and is used here only. Every tool reads, none
//! writes. Each answer fits a budget of tokens and says how to get the rest; what looks like a secret
//! is hidden; the words of notes stand in fields of their own, as data.
//!
//! [`Session`]: crate::session::Session

mod arguments;
mod fact;
mod farewell;
mod resource;
mod server;
mod tidy;
mod tool;
mod window;

use std::io;

use rmcp::ServiceExt;
use rmcp::transport::stdio;

use crate::limits::STACK;
use crate::session::Live;
use server::Server;

/// Answers requests on standard input until it ends.
///
/// # Errors
///
/// When the first words on standard input are no greeting of the protocol, or the streams fail.
pub(crate) fn serve(live: Live) -> io::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).thread_stack_size(STACK).enable_all().build()?;
    let served = runtime.block_on(async {
        let (input, output) = stdio();
        let (input, farewell) = farewell::heard(input);
        let service = Server::new(live, farewell).serve((input, output)).await.map_err(io::Error::other)?;
        service.waiting().await.map_err(io::Error::other)
    });
    runtime.shutdown_background();
    served.map(|_| ())
}
