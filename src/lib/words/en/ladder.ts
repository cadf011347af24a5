/** The ladder's pane. */

export const packets = 'Packets in order of time';
export const drawn = 'How the ladder is drawn';
export const evenRows = 'Even rows';
export const trueToTime = 'True to time';
export const causes = 'Causes';
/** Between a packet and those that came of it. */
export const ledTo = 'led to';
export const choosePacket = 'Choose a packet: what led to it is told here.';
