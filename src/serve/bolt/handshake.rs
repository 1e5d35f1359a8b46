//! Which version is spoken: a client proposes four ranges of versions, or asks for a list of ours.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// What a client of Bolt begins with.
const MAGIC: [u8; 4] = [0x60, 0x60, 0xB0, 0x17];

/// A proposal that stands for: list the versions that you speak.
const MANIFEST: [u8; 4] = [0, 0, 1, 0xFF];

/// The highest minor version of Bolt 5 that is spoken; all below are, too.
const HIGHEST: u8 = 4;

const MAJOR: u8 = 5;

/// Settles the minor version of Bolt 5; nothing where the client speaks none of ours, or no Bolt at all.
pub(super) async fn negotiate<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S) -> io::Result<Option<u8>> {
    let mut magic = [0; 4];
    stream.read_exact(&mut magic).await?;
    if magic != MAGIC {
        return Ok(None);
    }
    let mut proposals = [[0; 4]; 4];
    for proposal in &mut proposals {
        stream.read_exact(proposal).await?;
    }
    if let Some(minor) = proposals.iter().find_map(|proposal| proposed(*proposal)) {
        stream.write_all(&[0, 0, minor, MAJOR]).await?;
        stream.flush().await?;
        return Ok(Some(minor));
    }
    if proposals.contains(&MANIFEST) {
        return list(stream).await;
    }
    stream.write_all(&[0; 4]).await?;
    stream.flush().await?;
    Ok(None)
}

/// The highest of our versions in a range `[0, how many below, minor, major]`.
fn proposed([_, below, minor, major]: [u8; 4]) -> Option<u8> {
    let best = minor.min(HIGHEST);
    (major == MAJOR && best >= minor.saturating_sub(below)).then_some(best)
}

/// Lists one range of versions and no capabilities; takes the version that the client chose.
async fn list<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S) -> io::Result<Option<u8>> {
    stream.write_all(&MANIFEST).await?;
    stream.write_all(&[1, 0, HIGHEST, HIGHEST, MAJOR, 0]).await?;
    stream.flush().await?;
    let mut chosen = [0; 4];
    stream.read_exact(&mut chosen).await?;
    // Capabilities come as seven bits a byte; we have none, so that theirs do not matter.
    for _ in 0..10 {
        if stream.read_u8().await? & 0x80 == 0 {
            break;
        }
    }
    let [_, below, minor, major] = chosen;
    Ok((major == MAJOR && below == 0 && minor <= HIGHEST).then_some(minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is answered to `sent`, and the minor version that is settled.
    fn check(sent: &[u8], answered: &[u8], settled: Option<u8>) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (mut client, mut server) = tokio::io::duplex(256);
            client.write_all(sent).await.unwrap();
            let minor = negotiate(&mut server).await.unwrap();
            drop(server);
            let mut heard = Vec::new();
            client.read_to_end(&mut heard).await.unwrap();
            assert_eq!((heard.as_slice(), minor), (answered, settled), "{sent:x?}");
        });
    }

    fn greeting(proposals: [[u8; 4]; 4]) -> Vec<u8> {
        [&MAGIC[..], &proposals.concat()].concat()
    }

    #[test]
    fn the_highest_version_that_both_speak_is_spoken() {
        // What drivers 5.28 and 6 send.
        check(&greeting([MANIFEST, [0, 8, 8, 5], [0, 2, 4, 4], [0, 0, 0, 3]]), &[0, 0, 4, 5], Some(4));
        check(&greeting([[0, 0, 2, 5], [0; 4], [0; 4], [0; 4]]), &[0, 0, 2, 5], Some(2));
        check(&greeting([[0, 3, 8, 5], [0, 2, 4, 4], [0, 0, 0, 3], [0; 4]]), &[0, 0, 0, 0], None);
        check(b"GET / HTTP/1.1\r\n\r\n", &[], None);
    }

    #[test]
    fn a_client_may_choose_from_our_list() {
        let list = [&MANIFEST[..], &[1, 0, 4, 4, 5, 0]].concat();
        let asked = greeting([MANIFEST, [0, 0, 0, 6], [0; 4], [0; 4]]);
        check(&[&asked[..], &[0, 0, 4, 5, 0]].concat(), &list, Some(4));
        check(&[&asked[..], &[0, 0, 1, 5, 0x81, 0]].concat(), &list, Some(1));
        check(&[&asked[..], &[0, 0, 0, 0, 0]].concat(), &list, None);
    }
}
