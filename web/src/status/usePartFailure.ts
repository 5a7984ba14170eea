import { ErrorCodes, getCurrentInstance, handleError } from 'vue';

/** Hands what fails out of Vue's sight, as in an animation frame, to the Boundary about this component: the part is put aside. */
export function usePartFailure(): (reason: unknown) => void {
  const instance = getCurrentInstance();
  return (reason) => { handleError(reason, instance, ErrorCodes.COMPONENT_UPDATE); };
}
