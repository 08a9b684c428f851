export { Cipher, DecryptionError, type Sealed } from './cipher.js';
export { CryptoModule } from './crypto.module.js';
export { canonicalJson, hashSecret, randomToken, stableHash } from './hashing.js';
export { KeyRing, KeyRingError, type EncryptionKey } from './key-ring.js';
export { Signer } from './signer.js';
