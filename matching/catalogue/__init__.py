"""What people can be alike or unlike in, as data: TOML files and the loader that checks them."""
