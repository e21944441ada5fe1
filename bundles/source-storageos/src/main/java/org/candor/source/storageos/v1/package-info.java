/**
 * StorageOS API v1.
 *
 * <p>The shapes are those of {@code storageos/go-api} at b73caed (March 2020, its last v1 client):
 * {@code types/*.go} for the members' names, {@code *_test.go} for whole bodies, the clients for
 * the paths; and of {@code v1.x/api-swagger.yaml} in {@code storageos/storageos.github.io} at
 * 86eb3c0. Lists have selectors and no pages: one answer is the whole list. Every request carries
 * the user and password (Basic).
 */
package org.candor.source.storageos.v1;
