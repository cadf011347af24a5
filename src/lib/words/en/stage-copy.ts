/** The stage and the ladder as text and as rows of a table. */

export const host = 'host';
export const link = 'link';
export const packet = 'packet';
export const ways = (from: string, to: string): string => `${from} to ${to}`;
export const router = 'router';
export const nat = 'NAT';
export const onItsWay = 'on its way';
export const stageColumns = ['What', 'Name', 'Where', 'TCP, delay', 'POP3, MTU', 'More'];
export const hosts = 'Hosts';
export const links = 'Links';
export const onTheWay = 'On the way';
export const nothing = 'Nothing.';
export const ladderColumns = ['Time', 'Packet', 'From', 'To', 'Flags', 'What'];
