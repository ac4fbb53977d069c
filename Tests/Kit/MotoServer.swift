// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, FileDriver, ProcessDriver

/// A stand-in for S3 on 127.0.0.1. It keeps everything in memory and looks at no signature.
package struct MotoServer: Sendable {
    package let server: Server

    init(_ server: Server) { self.server = server }

    package var url: String { get throws { try server.fact("url") } }
    package var port: Int { get throws { try server.port("port") } }
    /// A Python that has AWS's own library.
    package var python: String { get throws { try server.fact("python") } }
}
