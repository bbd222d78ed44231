//! What must compile and what must not, with the compiler message.

#[test]
fn misuse_does_not_compile_and_says_why() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/compile/pass/*.rs");
    cases.compile_fail("tests/compile/fail/*.rs");
}
