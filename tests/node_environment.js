// Gives a test program under node the process's environment, from which GoogleTest takes its shard.
Module.preRun = [() => Object.assign(ENV, process.env)];
