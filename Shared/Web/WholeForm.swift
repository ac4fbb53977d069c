// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
package import Contracts
package import HTTP

/// A small form, whole and checked.
package struct WholeForm: Sendable {
    package struct File: Sendable, Hashable {
        package let head: MultipartHead
        package fileprivate(set) var bytes: [UInt8]
    }

    /// What was written, each as its field says.
    package fileprivate(set) var words: [String: JSONValue] = [:]
    package fileprivate(set) var files: [String: File] = [:]
}

extension Input {
    /// The whole form of a route that takes one: every part is held against its row of the shape, and
    /// a part without a row is refused. The route's limit
    /// keeps it small; a big file is read piece by piece with `form`.
    package func wholeForm() async throws -> WholeForm {
        guard let shape = route.body?.shape else { throw NotTaken(route: route.id, name: "a form") }
        var gathered: [String: WholeForm.File] = [:]
        var current: String?
        for try await piece in try form() {
            switch piece {
            case .begins(let head):
                guard gathered[head.name] == nil else {
                    throw Self.refusal([Self.fault(head.name, "it stands there twice")])
                }
                gathered[head.name] = WholeForm.File(head: head, bytes: [])
                current = head.name
            case .bytes(let bytes): if let current { gathered[current]?.bytes += bytes }
            case .ends: current = nil
            }
        }
        return try Self.held(gathered, shape)
    }

    private static func held(_ parts: [String: WholeForm.File], _ shape: Shape) throws -> WholeForm {
        var form = WholeForm()
        var faults = parts.keys.filter { shape[$0] == nil }.sorted().prefix(10).map { fault($0, "nobody asked for it") }
        for field in shape.fields {
            guard let part = parts[field.name] else {
                if field.isRequired { faults.append(fault(field.name, "it must be there")) }
                continue
            }
            if field.type == .any {
                form.files[field.name] = part
                continue
            }
            let declared = DeclaredParameter(field.name, .query, field.type, isRequired: true, field.meaning)
            guard let text = String(validating: part.bytes, as: UTF8.self) else {
                faults.append(fault(field.name, "it is not UTF-8"))
                continue
            }
            do { form.words[field.name] = try declared.read([text]) } catch {
                faults.append(fault(field.name, error.detail))
            }
        }
        guard faults.isEmpty else { throw refusal(faults) }
        return form
    }

    private static func fault(_ name: String, _ detail: String) -> Problem.Fault {
        Problem.Fault(.body(pointer: "/" + JSONPointer.escaped(name)), detail)
    }

    private static func refusal(_ faults: [Problem.Fault]) -> Problem {
        Problem(.requestValidation, "the form cannot be used as it is", status: 422, faults: faults)
    }
}
