#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let _ = (tests::fuzz::target("spec_file").run)(input);
});
