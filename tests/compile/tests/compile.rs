//! What must not compile, with the message of the compiler.

#[test]
fn a_required_parameter_is_missing() {
    trybuild::TestCases::new().compile_fail("tests/fail/*.rs");
}
