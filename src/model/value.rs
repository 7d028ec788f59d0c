//! The bytes of a version: a piece of the payload it was read from, or bytes of its own. Pieces
//! save opening a vault a block for each of its values.

use std::ops::Deref;
use std::sync::Arc;

use zeroize::Zeroize;

/// The bytes of a file that was opened, kept for the pieces of it; wiped when the last is gone.
pub struct Source {
    file: Vec<u8>,
    from: usize,
    len: usize,
}

impl Source {
    /// Takes over a buffer of which `len` bytes from `from` on are the payload.
    pub fn new(file: Vec<u8>, from: usize, len: usize) -> Source {
        Source { file, from, len }
    }

    /// The payload.
    pub fn expose(&self) -> &[u8] {
        self.file.get(self.from..self.from + self.len).unwrap_or(&[])
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.file.zeroize();
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Source({} bytes)", self.len)
    }
}

/// The bytes of a version; empty ones need no source.
#[derive(Clone, Default)]
pub struct Value {
    of: Option<Arc<Source>>,
    from: u32,
    len: u32,
}

impl Value {
    /// The `len` bytes from `from` on of a payload.
    pub fn piece(of: &Arc<Source>, from: u32, len: u32) -> Value {
        let of = (len > 0).then(|| Arc::clone(of));
        Value { of, from, len }
    }

    /// Makes the bytes its own, so that it no longer keeps a whole payload in memory.
    pub fn detach(&mut self) {
        if self.of.as_ref().is_some_and(|of| of.len > self.len as usize) {
            *self = Value::from(&**self);
        }
    }
}

impl Deref for Value {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        let (from, len) = (self.from as usize, self.len as usize);
        self.of.as_ref().and_then(|of| of.expose().get(from..from + len)).unwrap_or(&[])
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Value {
        Value::from(bytes.to_vec())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Value {
        let len = bytes.len();
        // A value is at most some MiB (`Tag::known`), a payload some hundred.
        Value::piece(&Arc::new(Source::new(bytes, 0, len)), 0, len as u32)
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        **self == **other
    }
}

impl Eq for Value {}

impl std::fmt::Debug for Value {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Value({} bytes)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_what_it_was_cut_from_and_can_leave_it() {
        let source = Arc::new(Source::new(b"head payload tail".to_vec(), 5, 7));
        let mut value = Value::piece(&source, 3, 4);
        assert_eq!((&*value, value.clone()), (&b"load"[..], Value::from(&b"load"[..])));
        assert_eq!(Arc::strong_count(&source), 2);
        value.detach();
        assert_eq!((&*value, Arc::strong_count(&source)), (&b"load"[..], 1));
        assert!(Value::piece(&source, 7, 0).is_empty());
        // Outside of the payload there is nothing.
        assert!(Value::piece(&source, 5, 4).is_empty());
    }
}
