//! New inputs from known ones.

use fastrand::Rng;

/// Longest input made of shorter ones, so that a run is fast.
const MAX_LENGTH: usize = 4096;

/// Bytes that tend to matter.
const BYTES: &[u8] = b"\0\x01\x7f\x80\xff\"'<>&/\\{}[]():;,.-+*?! \t\r\n09aAeE";

/// Changes an input in one to eight places.
pub(super) fn mutate(input: &mut Vec<u8>, others: &[Vec<u8>], words: &[&str], random: &mut Rng) {
    let longest = input.len().max(MAX_LENGTH);
    for _ in 0..1_u32 << random.u32(0..4) {
        change(input, others, words, random);
    }
    input.truncate(longest);
}

fn change(input: &mut Vec<u8>, others: &[Vec<u8>], words: &[&str], random: &mut Rng) {
    let at = random.usize(..=input.len());
    match random.u32(..12) {
        0 => edit(input, at, |byte| byte ^ (1 << random.u32(..8))),
        1 => edit(input, at, |_| BYTES[random.usize(..BYTES.len())]),
        2 => edit(input, at, |byte| byte.wrapping_add(random.u8(..3)).wrapping_sub(1)),
        3 => input.insert(at, BYTES[random.usize(..BYTES.len())]),
        4 => drop(input.drain(at..end(input, at, random))),
        5 => {
            let part = input[at..end(input, at, random)].to_vec();
            let to = random.usize(..=input.len());
            insert(input, to, &part);
        }
        6 => {
            // Depth and length.
            let (part, times) = (input[at..end(input, at, random)].to_vec(), 1 << random.u32(..8));
            let times = (MAX_LENGTH / part.len().max(1)).min(times);
            insert(input, at, &part.repeat(times));
        }
        7 => {
            // A character, whole or in two halves.
            let character = random.char('\u{80}'..).to_string().into_bytes();
            insert(input, at, &character[..random.usize(1..=character.len())]);
        }
        8 => {
            if let Some(other) = random.choice(others) {
                let from = random.usize(..=other.len());
                let part = &other[from..end(other, from, random)];
                insert(input, at, part);
            }
        }
        9 => {
            if let Some(other) = random.choice(others) {
                input.truncate(at);
                input.extend_from_slice(&other[random.usize(..=other.len())..]);
            }
        }
        10 => input.truncate(at.max(input.len() / 2)),
        _ => {
            let word = random.choice(words).map_or("", |word| *word).as_bytes();
            if random.bool() {
                let end = (at + word.len()).min(input.len());
                input.drain(at..end);
            }
            insert(input, at, word);
        }
    }
}

fn edit(input: &mut [u8], at: usize, change: impl FnOnce(u8) -> u8) {
    if let Some(byte) = input.get_mut(at) {
        *byte = change(*byte);
    }
}

/// The end of a part, which is short more often than not.
fn end(input: &[u8], from: usize, random: &mut Rng) -> usize {
    let longest = 1 << random.u32(..10);
    from + random.usize(..=longest.min(input.len() - from))
}

fn insert(input: &mut Vec<u8>, at: usize, part: &[u8]) {
    input.splice(at..at, part.iter().copied());
}
