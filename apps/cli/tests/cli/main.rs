//! The program as its users meet it: arguments and files in, text, JSON and an exit status out.

mod bad_input;
mod command_line;
mod requests;
mod stage;
