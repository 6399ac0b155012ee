//! Identifiers of rows and session tokens.

/// Fills the given bytes from a cryptographically secure source.
pub type RandomSource<'a> = &'a dyn Fn(&mut [u8]);

/// Letters and digits.
pub const ALPHANUMERIC: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// Digits and lower-case letters.
pub const LOWER_ALPHANUMERIC: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

const ID_LENGTH: usize = 32;
const BATCH: usize = 40;

/// 32 characters of `[a-zA-Z0-9]`, each equally likely.
pub fn random_id(random: RandomSource<'_>) -> String {
    random_text(random, ALPHANUMERIC, ID_LENGTH)
}

/// `length` characters of an alphabet of at most 256, each equally likely.
pub fn random_text(random: RandomSource<'_>, alphabet: &[u8], length: usize) -> String {
    // Bytes above the largest multiple of the alphabet's size would favour its first characters.
    let fair_below = 256 - 256 % alphabet.len();
    let mut text = String::with_capacity(length);
    let mut bytes = [0; BATCH];
    while text.len() < length {
        random(&mut bytes);
        let missing = length - text.len();
        let fair = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < fair_below).take(missing);
        text.extend(fair.map(|byte| char::from(alphabet[byte % alphabet.len()])));
    }
    text
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
    fn bytes_that_would_favour_some_letters_are_dropped() {
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
