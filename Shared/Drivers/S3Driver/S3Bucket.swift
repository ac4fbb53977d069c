// S3Driver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, FileDriver, HTTPClientDriver
import Contracts
import HTTP
import HTTPClientDriver
import Policies
import Ports

/// One bucket, spoken to in signed requests.
struct S3Bucket: Sendable {
    private let options: S3Options
    private let client: HTTPClient
    private let clock: any WallClock
    private let signer: Signer
    private let scheme: String
    private let host: String

    /// What is asked of a key.
    struct Ask: Sendable {
        var method: HTTPMethod
        var key: String
        var query: [QueryItem] = []
        var fields: HTTPFields = [:]
        var body: HTTPCall.Body = .none
        var payload = Signer.empty

        init(_ method: HTTPMethod, _ key: String) {
            self.method = method
            self.key = key
        }
    }

    init(_ options: S3Options, client: HTTPClient, clock: any WallClock) throws(StoreFailure) {
        let parts = options.endpoint.firstRange(of: "://").map {
            (options.endpoint[..<$0.lowerBound], options.endpoint[$0.upperBound...])
        }
        guard let parts, ["http", "https"].contains(parts.0), !parts.1.isEmpty, !parts.1.contains("/"),
            Self.isBucket(options.bucket), !options.region.isEmpty, !options.accessKey.isEmpty
        else {
            throw StoreFailure(
                .refused, during: "open",
                cause:
                    "\(options) is no place for objects: scheme, host and port, a region, a bucket and a key are needed"
            )
        }
        self.options = options
        self.client = client
        self.clock = clock
        scheme = String(parts.0)
        host = (options.isPathStyle ? "" : options.bucket + ".") + parts.1.lowercased()
        signer = Signer(
            accessKey: options.accessKey, secret: options.secret, sessionToken: options.sessionToken,
            region: options.region)
    }

    // MARK: requests

    /// Answers what succeeded, the body still to be read; everything else is a failure.
    func send(_ ask: Ask, _ during: String) async throws(StoreFailure) -> HTTPAnswer {
        let answer: HTTPAnswer
        do { answer = try await client.send(call(ask)) } catch { throw S3Fault.failure(error, during) }
        guard !answer.status.isSuccess else { return answer }
        throw S3Fault.failure(answer.status, try await whole(answer, during, upTo: 64 << 10), during)
    }

    /// The small XML that it answers.
    func ask(_ ask: Ask, _ during: String) async throws(StoreFailure) -> XMLElement? {
        let answer = try await send(ask, during)
        return XMLReader.read(try await whole(answer, during, upTo: 8 << 20))
    }

    /// For what succeeds without a word.
    func tell(_ ask: Ask, _ during: String) async throws(StoreFailure) {
        let answer = try await send(ask, during)
        _ = try await whole(answer, during, upTo: 64 << 10)
    }

    func whole(_ answer: HTTPAnswer, _ during: String, upTo limit: Int) async throws(StoreFailure) -> [UInt8] {
        do { return try await answer.body.collect(upTo: limit) } catch {
            guard let failure = error as? HTTPClientFailure else {
                throw StoreFailure(.unreachable, during: during, cause: "\(answer.place): \(error)")
            }
            throw S3Fault.failure(failure, during)
        }
    }

    /// `/bucket/key` in the path style; the key as it is.
    func path(of key: String) -> String { (options.isPathStyle ? "/\(options.bucket)/" : "/") + key }

    /// How an object is named to copy it.
    func source(_ key: String) -> String { PercentCoding.encodedPath("/\(options.bucket)/\(key)") }

    /// A link and the fields that must go with it.
    func presign(_ ask: Ask, seconds: Int) -> String {
        let request = Signable(ask.method, host: host, path: path(of: ask.key), query: ask.query, fields: ask.fields)
        return url(ask, signer.presign(request, seconds: seconds, at: clock.now()))
    }

    private func call(_ ask: Ask) -> HTTPCall {
        let request = Signable(ask.method, host: host, path: path(of: ask.key), query: ask.query, fields: ask.fields)
        let fields = signer.sign(request, payload: ask.payload, at: clock.now())
        var call = HTTPCall(ask.method, url(ask, ask.query), fields, body: ask.body)
        call.bodyLimit = .max
        call.retries = RetryRule(
            tries: 4, backoff: Backoff(first: .milliseconds(200), longest: .seconds(5)),
            statuses: [408, 429, 500, 502, 503, 504])
        return call
    }

    private func url(_ ask: Ask, _ query: [QueryItem]) -> String {
        let text = Signer.queryText(query)
        return "\(scheme)://\(host)\(PercentCoding.encodedPath(path(of: ask.key)))" + (text.isEmpty ? "" : "?" + text)
    }

    private static func isBucket(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
        return isPlain && (3...63).contains(name.utf8.count) && !name.hasPrefix(".") && !name.hasPrefix("-")
    }
}

/// What a failure of S3 means to us.
enum S3Fault {
    static func failure(_ failure: HTTPClientFailure, _ during: String) -> StoreFailure {
        switch failure.code {
        case .misuse, .refusedAddress, .refusedRedirect, .cannotRead:
            StoreFailure(.refused, during: during, cause: "\(failure)")
        case .cannotResolve, .cannotConnect, .tls, .timeout, .tooLarge, .canceled, .truncated, .protocolError:
            StoreFailure(.unreachable, during: during, cause: "\(failure)")
        }
    }

    static func failure(_ status: HTTPStatus, _ body: [UInt8], _ during: String) -> StoreFailure {
        let error = XMLReader.read(body)
        let word = error?["Code"] ?? ""
        let cause = "the store answered \(status.code) \(word): \(error?["Message"]?.prefix(200) ?? "nothing more")"
        return StoreFailure(code(status, word), during: during, cause: cause)
    }

    private static func code(_ status: HTTPStatus, _ word: String) -> StoreFailure.Code {
        switch word {
        case "NoSuchKey": return .missing
        case "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch": return .corrupt
        case "EntityTooLarge", "QuotaExceeded", "XMinioStorageFull": return .full
        case "SlowDown", "RequestTimeout", "InternalError": return .unreachable
        default: break
        }
        switch status.code {
        // The bucket itself may be what is missing, and that is nothing a caller can expect.
        case 404: return word == "NoSuchBucket" ? .refused : .missing
        case 507: return .full
        case 500...: return .unreachable
        default: return .refused
        }
    }
}
