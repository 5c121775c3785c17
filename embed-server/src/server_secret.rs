//! The server's own keys, and everything derived from them: client secrets, sealed answers, proofs of keys seen.
//!
//! They live in a file beside the database, never in it: a copy of the database opens no session and reads no answer.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::{hkdf, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use checkout_protocol::client_secret::ClientSecret;
use checkout_protocol::id::SessionId;
use serde::{Deserialize, Serialize};

use crate::entropy::Entropy;

/// The keys in use. Prints nothing of them.
pub struct ServerSecret {
    current: u8,
    versions: BTreeMap<u8, Derived>,
    proof: hmac::Key,
}

struct Derived {
    client_secret: hmac::Key,
    seal: RandomizedNonceKey,
}

/// Why the keys could not be had.
#[derive(Debug, thiserror::Error)]
pub enum ServerSecretError {
    /// The file could not be read or made.
    #[error("secrets_file: {0}")]
    File(#[from] std::io::Error),
    /// The file is not ours.
    #[error(
        "secrets_file: not a secrets file; restore it from your backup, or remove it to start with new keys"
    )]
    Malformed,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    current: u8,
    /// Version → 32 bytes, base64. Older versions still verify; a rotation adds one and makes it current.
    keys: BTreeMap<u8, String>,
}

impl ServerSecret {
    /// Reads the file, or makes it with a new key.
    ///
    /// # Errors
    ///
    /// [`ServerSecretError`].
    pub fn load_or_make(path: &Path, entropy: &Entropy) -> Result<Self, ServerSecretError> {
        match Self::load(path, entropy)? {
            Some(secret) => Ok(secret),
            None => Self::derive(&make(path, entropy)?, entropy),
        }
    }

    /// Reads the file; nothing when there is none.
    ///
    /// # Errors
    ///
    /// [`ServerSecretError`].
    pub fn load(path: &Path, entropy: &Entropy) -> Result<Option<Self>, ServerSecretError> {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let stored =
                    serde_json::from_str(&text).map_err(|_| ServerSecretError::Malformed)?;
                Self::derive(&stored, entropy).map(Some)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn derive(stored: &Stored, entropy: &Entropy) -> Result<Self, ServerSecretError> {
        let mut versions = BTreeMap::new();
        for (version, text) in &stored.keys {
            let root = STANDARD_NO_PAD
                .decode(text)
                .ok()
                .filter(|root| root.len() == 32)
                .ok_or(ServerSecretError::Malformed)?;
            let seal =
                RandomizedNonceKey::new(&AES_256_GCM, &expand(&root, b"seal stored answers"))
                    .map_err(|_| ServerSecretError::Malformed)?;
            let client_secret =
                hmac::Key::new(hmac::HMAC_SHA256, &expand(&root, b"client secrets"));
            versions.insert(
                *version,
                Derived {
                    client_secret,
                    seal,
                },
            );
        }
        if !versions.contains_key(&stored.current) {
            return Err(ServerSecretError::Malformed);
        }
        Ok(Self {
            current: stored.current,
            versions,
            // Only for this process: what it proves is forgotten with it.
            proof: hmac::Key::new(hmac::HMAC_SHA256, &entropy.bytes::<32>()),
        })
    }

    fn current(&self) -> &Derived {
        &self.versions[&self.current]
    }

    /// The client secret of a session.
    #[must_use]
    pub fn client_secret(&self, session: SessionId) -> ClientSecret {
        let tag = hmac::sign(&self.current().client_secret, &session.bits().to_be_bytes());
        let mut code = [0; 32];
        code.copy_from_slice(tag.as_ref());
        ClientSecret {
            key_version: self.current,
            session,
            code,
        }
    }

    /// Whether we made this client secret. Takes the same time whatever differs.
    #[must_use]
    pub fn is_ours(&self, secret: &ClientSecret) -> bool {
        self.versions.get(&secret.key_version).is_some_and(|keys| {
            let message = secret.session.bits().to_be_bytes();
            hmac::verify(&keys.client_secret, &message, &secret.code).is_ok()
        })
    }

    /// `bytes` so that only this server reads them, as text for a column. `bound_to` must be the same on opening.
    ///
    /// # Panics
    ///
    /// When the cipher refuses a key that it took at start.
    #[must_use]
    pub fn seal(&self, bytes: &[u8], bound_to: &str) -> String {
        let mut sealed = bytes.to_vec();
        let nonce = self
            .current()
            .seal
            .seal_in_place_append_tag(Aad::from(bound_to.as_bytes()), &mut sealed)
            .expect("AES-256-GCM seals any short text");
        sealed.extend_from_slice(nonce.as_ref());
        format!("{}.{}", self.current, STANDARD_NO_PAD.encode(sealed))
    }

    /// What was sealed, or `None` when it was not sealed by us for this purpose.
    #[must_use]
    pub fn open(&self, text: &str, bound_to: &str) -> Option<Vec<u8>> {
        let (version, body) = text.split_once('.')?;
        let keys = self.versions.get(&version.parse().ok()?)?;
        let mut sealed = STANDARD_NO_PAD.decode(body).ok()?;
        let nonce = sealed.split_off(sealed.len().checked_sub(NONCE_LEN)?);
        let nonce = Nonce::try_assume_unique_for_key(&nonce).ok()?;
        let aad = Aad::from(bound_to.as_bytes());
        let length = keys.seal.open_in_place(nonce, aad, &mut sealed).ok()?.len();
        sealed.truncate(length);
        Some(sealed)
    }

    /// A digest of a key that was presented and found right, to recognise it next time without bcrypt.
    #[must_use]
    pub fn proof_of(&self, presented: &str) -> hmac::Tag {
        hmac::sign(&self.proof, presented.as_bytes())
    }

    /// Whether `presented` has this proof.
    #[must_use]
    pub fn proves(&self, presented: &str, proof: &hmac::Tag) -> bool {
        hmac::verify(&self.proof, presented.as_bytes(), proof.as_ref()).is_ok()
    }
}

impl fmt::Debug for ServerSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerSecret(version {})", self.current)
    }
}

fn expand(root: &[u8], purpose: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"borga embed-server")
        .extract(root)
        .expand(&[purpose], hkdf::HKDF_SHA256)
        .and_then(|output| output.fill(&mut key))
        .expect("HKDF-SHA-256 gives 32 bytes");
    key
}

fn make(path: &Path, entropy: &Entropy) -> Result<Stored, ServerSecretError> {
    let stored = Stored {
        current: 1,
        keys: BTreeMap::from([(1, STANDARD_NO_PAD.encode(entropy.bytes::<32>()))]),
    };
    let text = serde_json::to_string(&stored).map_err(|_| ServerSecretError::Malformed)?;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(stored)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh() -> ServerSecret {
        let entropy = Entropy::default();
        let keys = BTreeMap::from([(1, STANDARD_NO_PAD.encode(entropy.bytes::<32>()))]);
        ServerSecret::derive(&Stored { current: 1, keys }, &entropy).unwrap()
    }

    #[test]
    fn a_client_secret_opens_its_own_session_only() {
        let server = fresh();
        let secret = server.client_secret(SessionId::from_bits(1));
        let other_session = ClientSecret {
            session: SessionId::from_bits(2),
            ..secret.clone()
        };
        let other_version = ClientSecret {
            key_version: 2,
            ..secret.clone()
        };

        assert!(server.is_ours(&secret));
        assert!(!server.is_ours(&other_session));
        assert!(!server.is_ours(&other_version));
        assert!(!fresh().is_ours(&secret));
    }

    #[test]
    fn what_is_sealed_opens_here_and_for_its_purpose_only() {
        let server = fresh();
        let sealed = server.seal(b"answer", "key 1");

        assert_eq!(
            server.open(&sealed, "key 1").as_deref(),
            Some(&b"answer"[..])
        );
        assert_eq!(server.open(&sealed, "key 2"), None);
        assert_eq!(fresh().open(&sealed, "key 1"), None);
        assert_eq!(server.open("1.AA", "key 1"), None);
        assert!(!sealed.contains("answer"));
    }
}
