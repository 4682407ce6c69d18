// The functions every program can name without importing anything.
