//! Puts a `.br` and a `.gz` beside a file, so that no server compresses while a payer waits.
//! The same input always gives the same bytes.

use std::{io::Write, path::Path};

use brotli::enc::{BrotliEncoderParams, backward_references::BrotliEncoderMode};
use flate2::{Compression, write::GzEncoder};

use super::{read, write};
use crate::{failure::Outcome, say};

/// Best of brotli; the window covers every file we serve.
const BROTLI_QUALITY: i32 = 11;
const BROTLI_WINDOW: i32 = 24;

/// Compresses one file and says how large it became.
///
/// # Errors
/// When the file cannot be read or the others cannot be written.
pub fn beside(path: &Path) -> Outcome {
    let plain = read(path)?;
    let explain = |error| format!("cannot compress {}: {error}", path.display());
    let small = brotli(&plain).map_err(explain)?;
    write(&suffixed(path, "br"), &small)?;
    write(&suffixed(path, "gz"), &gzip(&plain).map_err(explain)?)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    say::progress(&format!(
        "{name}: {} bytes, {} with brotli",
        plain.len(),
        small.len()
    ));
    Ok(())
}

fn suffixed(path: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

/// As small as brotli makes it. What a mode is called says little about which files it suits: the smaller result counts.
///
/// # Errors
/// When there is no memory for it.
pub fn brotli(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let generic = compressed(plain, BrotliEncoderMode::BROTLI_MODE_GENERIC)?;
    let font = compressed(plain, BrotliEncoderMode::BROTLI_MODE_FONT)?;
    Ok(if font.len() < generic.len() {
        font
    } else {
        generic
    })
}

fn compressed(mut plain: &[u8], mode: BrotliEncoderMode) -> std::io::Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: plain.len(),
        mode,
        ..BrotliEncoderParams::default()
    };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut plain, &mut small, &params)?;
    Ok(small)
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    const TEXT: &[u8] = b"the same words, the same words, the same words, the same words";

    #[test]
    fn brotli_gives_back_what_went_in() {
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut brotli(TEXT).unwrap().as_slice(), &mut back).unwrap();

        assert_eq!(back, TEXT);
    }

    #[test]
    fn gzip_gives_back_what_went_in() {
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(gzip(TEXT).unwrap().as_slice())
            .read_to_end(&mut back)
            .unwrap();

        assert_eq!(back, TEXT);
    }

    #[test]
    fn the_suffix_follows_the_whole_name() {
        assert_eq!(
            suffixed(Path::new("frame/checkout.js"), "br"),
            Path::new("frame/checkout.js.br")
        );
    }
}
