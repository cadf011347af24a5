/** The page that is not there. */

export const pageTitle = 'Not delivered · Interactive POP3';
export const noSuchAddress = 'Return to sender: no such address.';
export const notOpened = 'This page could not be opened.';
export const toMap = 'To the map';
export const level = 'No such level';
export const topic = 'No such page in the reference';
