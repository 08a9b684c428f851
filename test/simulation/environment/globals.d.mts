/** What stands in for the machine's time and chance inside a simulated process. */
export interface Substitute {
  now(): number;
  random(): number;
  startTimer(fn: () => void, ms: number, repeats: boolean): SimulatedTimer;
}

export interface SimulatedTimer {
  readonly isSimulated: true;
  stop(): void;
}

export function replaceGlobals(find: () => Substitute | null): void;
export function pause(ms: number): Promise<void>;
export function drained(): Promise<void>;
export function realNow(): number;
export function realMonotonicMs(): number;
