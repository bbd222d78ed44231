#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let _ = (tests::fuzz::target("client").run)(input);
});
