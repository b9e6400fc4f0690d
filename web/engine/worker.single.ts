// Both workers as one script, so that a single file holds the module's JavaScript in it once.
void (self.name === 'prover' ? import('./prover') : import('./worker'));
