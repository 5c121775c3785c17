//! The RSA key pair to which checkout pages encrypt cards. The private half never leaves this module.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{
    KeyPair, KeySize, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, PrivateDecryptingKey,
};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The public half, as a JSON Web Key (RFC 7517, RFC 7518 section 6.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardJwk {
    /// Always `RSA`.
    pub kty: String,
    /// Modulus, base64url.
    pub n: String,
    /// Public exponent, base64url.
    pub e: String,
    /// Names this key: its RFC 7638 thumbprint.
    pub kid: String,
    /// Always `RSA-OAEP-256`.
    pub alg: String,
    /// Always `enc`.
    #[serde(rename = "use")]
    pub key_use: String,
}

/// Why there is no card key.
#[derive(Debug, thiserror::Error)]
pub enum CardKeyError {
    /// The file could not be read or written.
    #[error("card key file {file}: {source}")]
    File {
        /// Which file.
        file: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The file holds something else.
    #[error(
        "card key file {0} must hold one unencrypted RSA-2048 private key as PKCS#8, DER or PEM"
    )]
    NotAKey(PathBuf),
    /// The cryptographic library refused.
    #[error("an RSA key could not be made")]
    Library,
}

/// The pair. Its `Debug` shows the public half only.
pub struct CardKey {
    private: OaepPrivateDecryptingKey,
    jwk: CardJwk,
}

impl CardKey {
    /// A new RSA-2048 pair that lives as long as this value.
    ///
    /// # Errors
    ///
    /// [`CardKeyError::Library`] when the library cannot make one.
    pub fn generate() -> Result<Self, CardKeyError> {
        Self::from_pkcs8(&new_pkcs8()?).ok_or(CardKeyError::Library)
    }

    /// The pair kept in `file`, which is made, readable by its owner alone, if it is not there yet.
    ///
    /// # Errors
    ///
    /// [`CardKeyError`] when the file cannot be used or holds anything but an RSA-2048 key.
    pub fn from_file(file: &Path) -> Result<Self, CardKeyError> {
        let failed = |source| CardKeyError::File {
            file: file.to_owned(),
            source,
        };
        let content = match fs::read(file) {
            Ok(content) => Zeroizing::new(content),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let pem = Zeroizing::new(pem(&new_pkcs8()?).into_bytes());
                write_new(file, &pem).map_err(failed)?;
                pem
            }
            Err(error) => return Err(failed(error)),
        };
        let der = der(&content).ok_or_else(|| CardKeyError::NotAKey(file.to_owned()))?;
        Self::from_pkcs8(&der).ok_or_else(|| CardKeyError::NotAKey(file.to_owned()))
    }

    /// The public half, to be given to checkout pages.
    pub fn jwk(&self) -> &CardJwk {
        &self.jwk
    }

    /// Opens what was encrypted with RSA-OAEP-256 to the public half.
    pub(crate) fn unwrap_key(&self, encrypted: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let mut plain = Zeroizing::new(vec![0; self.private.min_output_size()]);
        let length = self
            .private
            .decrypt(&OAEP_SHA256_MGF1SHA256, encrypted, &mut plain, None)
            .ok()?
            .len();
        plain.truncate(length);
        Some(plain)
    }

    fn from_pkcs8(der: &[u8]) -> Option<Self> {
        let pair = KeyPair::from_pkcs8(der).ok()?;
        let public = pair.public_key();
        if public.modulus_len() != KeySize::Rsa2048.len() {
            return None;
        }
        let number = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let n = number(public.modulus().big_endian_without_leading_zero());
        let e = number(public.exponent().big_endian_without_leading_zero());
        let private =
            OaepPrivateDecryptingKey::new(PrivateDecryptingKey::from_pkcs8(der).ok()?).ok()?;
        let jwk = CardJwk {
            kid: thumbprint(&n, &e),
            kty: "RSA".to_owned(),
            n,
            e,
            alg: "RSA-OAEP-256".to_owned(),
            key_use: "enc".to_owned(),
        };
        Some(Self { private, jwk })
    }
}

impl std::fmt::Debug for CardKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("CardKey")
            .field("kid", &self.jwk.kid)
            .finish_non_exhaustive()
    }
}

/// RFC 7638: SHA-256 over the required members in this order, without spaces.
fn thumbprint(n: &str, e: &str) -> String {
    let members = format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#);
    URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes()))
}

fn new_pkcs8() -> Result<Zeroizing<Vec<u8>>, CardKeyError> {
    let key =
        PrivateDecryptingKey::generate(KeySize::Rsa2048).map_err(|_| CardKeyError::Library)?;
    let der: Pkcs8V1Der<'static> = key.as_der().map_err(|_| CardKeyError::Library)?;
    Ok(Zeroizing::new(der.as_ref().to_vec()))
}

const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = format!("{PEM_BEGIN}\n");
    for line in text.as_bytes().chunks(64) {
        pem.extend(line.iter().copied().map(char::from));
        pem.push('\n');
    }
    pem.push_str(PEM_END);
    pem.push('\n');
    pem
}

/// DER from a file that may be DER or PEM.
fn der(content: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    match std::str::from_utf8(content)
        .ok()
        .and_then(|text| text.split_once(PEM_BEGIN))
    {
        None => Some(Zeroizing::new(content.to_vec())),
        Some((_, rest)) => {
            let (body, _) = rest.split_once(PEM_END)?;
            let base64: Zeroizing<String> = Zeroizing::new(body.split_whitespace().collect());
            STANDARD.decode(base64.as_bytes()).ok().map(Zeroizing::new)
        }
    }
}

/// `create_new` so that two processes starting together cannot overwrite each other's key.
fn write_new(file: &Path, content: &[u8]) -> io::Result<()> {
    let mut opened = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    opened.write_all(content)?;
    opened.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_file_is_made_once_and_read_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("card-key.pem");

        let made = CardKey::from_file(&file).unwrap();
        let read = CardKey::from_file(&file).unwrap();

        assert_eq!(made.jwk(), read.jwk());
    }

    #[test]
    fn a_new_key_file_is_readable_by_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("card-key.pem");

        CardKey::from_file(&file).unwrap();

        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn der_is_read_as_well_as_pem() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("card-key.der");
        fs::write(&file, new_pkcs8().unwrap()).unwrap();

        assert!(CardKey::from_file(&file).is_ok());
    }

    #[test]
    fn a_file_without_a_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("card-key.pem");
        fs::write(&file, "no key").unwrap();

        assert!(matches!(
            CardKey::from_file(&file),
            Err(CardKeyError::NotAKey(_))
        ));
    }

    #[test]
    fn the_modulus_of_the_jwk_is_2048_bits_without_padding() {
        let key = CardKey::generate().unwrap();

        assert_eq!(URL_SAFE_NO_PAD.decode(&key.jwk().n).unwrap().len(), 256);
        assert_eq!(key.jwk().e, "AQAB");
    }
}
