/**
 * StorageOS API v2.
 *
 * <p>The shapes are those of {@code openapi.yaml} in {@code storageos/go-api}, from tag v2.0.0 to
 * 4ecf9f9 (2.8.0). Lists have no pages: one answer is the whole list. What is called {@code
 * version} in a cluster, node or volume is an opaque token for updates and no version of StorageOS;
 * neither that, nor build, Go, operating system and processor are reported anywhere.
 */
package org.candor.source.storageos.v2;
