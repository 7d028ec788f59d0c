//! Ids: 16 random bytes, shown as 26 lower-case Crockford base-32 letters.

/// The id of a record or of an element of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(pub [u8; 16]);

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl std::fmt::Display for Id {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = u128::from_be_bytes(self.0);
        for at in (0..26).rev() {
            let letter = LETTERS[(number >> (5 * at) & 31) as usize];
            write!(out, "{}", char::from(letter))?;
        }
        Ok(())
    }
}

/// The text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

impl std::str::FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Id, NotAnId> {
        if text.len() != 26 {
            return Err(NotAnId);
        }
        let mut number = 0u128;
        for letter in text.bytes() {
            let value =
                LETTERS.iter().position(|known| *known == letter.to_ascii_lowercase()).ok_or(NotAnId)?;
            if number >> 123 != 0 {
                return Err(NotAnId);
            }
            number = number << 5 | value as u128;
        }
        Ok(Id(number.to_be_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_they_are_shown() {
        for id in [Id([0; 16]), Id([255; 16]), Id(std::array::from_fn(|at| at as u8 * 17))] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        // 26 letters carry 130 bits: the first two of them must be zero.
        assert_eq!("zzzzzzzzzzzzzzzzzzzzzzzzzz".parse::<Id>(), Err(NotAnId));
        assert_eq!("みず".parse::<Id>(), Err(NotAnId));
    }
}
