/**
 * Coalesces requests: at most one is in flight, and of those that wait the newest alone is sent.
 *
 * @template Input, Output
 * @param {(input: Input) => Promise<Output>} send
 * @param {(output: Output, input: Input) => void} take is given each answer, in order
 * @param {(error: Error, input: Input) => void} fail
 * @returns {(input: Input) => void}
 */
export function latest(send, take, fail) {
  let isBusy = false;
  let waiting = null;

  async function run(input) {
    isBusy = true;
    try {
      take(await send(input), input);
    } catch (error) {
      fail(error, input);
    }
    isBusy = false;
    if (!waiting) return;
    const next = waiting;
    waiting = null;
    run(next.input);
  }

  return (input) => {
    if (isBusy) waiting = { input };
    else run(input);
  };
}
