//! Reading a written date.
