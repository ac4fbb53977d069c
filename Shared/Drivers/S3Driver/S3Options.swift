// S3Driver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, FileDriver, HTTPClientDriver

/// Where a store is and who we are there.
package struct S3Options: Sendable, CustomStringConvertible {
    /// `https://s3.eu-central-1.amazonaws.com`, `http://127.0.0.1:9000`: scheme, host and port, nothing behind.
    package var endpoint: String
    package var region: String
    package var bucket: String
    /// The bucket in the path, as MinIO and most others want it; else in front of the host's name.
    package var isPathStyle = true
    package var accessKey: String
    package var secret: String
    package var sessionToken: String?

    package init(endpoint: String, region: String, bucket: String, accessKey: String, secret: String) {
        self.endpoint = endpoint
        self.region = region
        self.bucket = bucket
        self.accessKey = accessKey
        self.secret = secret
    }

    /// Without the secrets.
    package var description: String { "\(endpoint)/\(bucket) (\(region), as \(accessKey))" }
}
