/** Go documents from anywhere: disk, remote, virtual workspaces and not yet saved ones. */
export const GO = [{ language: 'go' }];
