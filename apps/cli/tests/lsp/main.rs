//! Recorded sessions with the language server: the binary is started, each line of a session is
//! said to it, and what it answers is a snapshot.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a session that cannot be held must fail the test"
)]

mod client;
mod script;

#[test]
fn sessions() {
    insta::glob!("sessions/*.session", |path: &Path| {
        let script = std::fs::read_to_string(path).unwrap();
        let transcript = script::play(&script);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("sessions");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("session", transcript));
    });
}
