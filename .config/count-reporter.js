/** Ends a test run with one line that tells how many passed. */
export default class CountReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    this.line = `${numPassedTests} passed, ${failed} failed${skipped}`;
    // After everything that the default reporter still has to say.
    process.on('exit', () => console.log(this.line));
  }
}
