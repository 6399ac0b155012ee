//! Identifiers of rows and session tokens.

/// Fills the given bytes from a cryptographically secure source.
pub type Random<'a> = &'a dyn Fn(&mut [u8]);

const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const LENGTH: usize = 32;
/// The largest multiple of 62 in a byte; bytes from here on would favour the first letters.
const FAIR: u8 = 248;

/// 32 characters of `[a-zA-Z0-9]`, each equally likely.
pub fn random_id(random: Random<'_>) -> String {
    let mut id = String::with_capacity(LENGTH);
    let mut bytes = [0; LENGTH + 8];
    while id.len() < LENGTH {
        random(&mut bytes);
        let missing = LENGTH - id.len();
        let fair = bytes.iter().filter(|byte| **byte < FAIR).take(missing);
        id.extend(fair.map(|byte| char::from(LETTERS[usize::from(byte % 62)])));
    }
    id
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Every byte value in turn, over and over.
    fn counting() -> impl Fn(&mut [u8]) {
        let next = Cell::new(0_u8);
        move |bytes| {
            for byte in bytes {
                *byte = next.get();
                next.set(next.get().wrapping_add(1));
            }
        }
    }

    #[test]
    fn an_id_is_32_letters_and_digits() {
        let id = random_id(&counting());
        assert_eq!(id.len(), 32);
        assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }

    #[test]
    fn unfair_bytes_are_thrown_away() {
        let first = Cell::new(true);
        let id = random_id(&|bytes| bytes.fill(if first.replace(false) { 255 } else { 1 }));
        assert_eq!(id, "b".repeat(32));
    }

    #[test]
    fn every_letter_is_equally_likely() {
        let source = counting();
        let mut counts = [0_u32; 128];
        for _ in 0..620 {
            for byte in random_id(&source).bytes() {
                counts[usize::from(byte)] += 1;
            }
        }
        let seen: Vec<u32> = counts.into_iter().filter(|count| *count > 0).collect();
        assert_eq!(seen.len(), 62);
        assert!(seen.iter().all(|count| (300..=340).contains(count)), "{seen:?}");
    }
}
