//! A number for the state of a file on disk: the same number means that it was not written since.
//!
//! Made of size, identity and the times of the last change of content and of anything about it. The
//! second cannot be set back by programs, so a restored date does not hide a change. Where a file was
//! changed so shortly ago that its time could stay the same through another change, there is no
//! number, and the file is read to know.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Two changes of a file may carry one time within this; where times have no parts of a second, within
/// the second value.
const SLACK: [Duration; 2] = [Duration::from_millis(50), Duration::from_secs(3)];

/// The stamp of a file; 0 where there can be none.
pub(super) fn stamp(metadata: &Metadata) -> u64 {
    let Some((changed, identity)) = change(metadata) else { return 0 };
    let Ok(modified) = metadata.modified() else { return 0 };
    let since = |time: SystemTime| time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let slack = SLACK[usize::from(changed.subsec_nanos() == 0)];
    let is_old = SystemTime::now().duration_since(UNIX_EPOCH).is_ok_and(|now| now > changed + slack);
    if !is_old {
        return 0;
    }
    let mut hasher = blake3::Hasher::new();
    for part in [u128::from(metadata.len()), u128::from(identity), since(modified), changed.as_nanos()] {
        hasher.update(&part.to_le_bytes());
    }
    let hash = hasher.finalize();
    u64::from_le_bytes(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes")).max(1)
}

/// When anything about the file changed last, and what tells it from a file put in its place.
#[cfg(unix)]
fn change(metadata: &Metadata) -> Option<(Duration, u64)> {
    use std::os::unix::fs::MetadataExt;
    let (seconds, nanos) = (u64::try_from(metadata.ctime()).ok()?, u32::try_from(metadata.ctime_nsec()).ok()?);
    Some((Duration::new(seconds, nanos), metadata.ino()))
}

/// When the content changed last; what tells files apart is not known here.
#[cfg(not(unix))]
fn change(metadata: &Metadata) -> Option<(Duration, u64)> {
    let modified = metadata.modified().ok()?;
    Some((modified.duration_since(UNIX_EPOCH).ok()?, 0))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_just_written_has_no_stamp_and_every_change_gives_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let now = || stamp(&fs::metadata(&path).unwrap());
        fs::write(&path, "one").unwrap();
        assert_eq!(now(), 0);
        std::thread::sleep(2 * SLACK[0]);
        let first = now();
        assert_ne!(first, 0);
        assert_eq!(first, now());
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, "two").unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
        std::thread::sleep(2 * SLACK[0]);
        assert_ne!(now(), first, "a date set back hides nothing");
    }
}
