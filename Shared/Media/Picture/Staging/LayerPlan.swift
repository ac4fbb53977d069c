// Picture · pure · sees Contracts, Policies

/// Puts people and things between the layers of the place.
struct LayerPlan {
    let reading: ShotReading
    let props: [StagedProp]
    let performers: [Performer]
    let crowd: Crowd?

    init(_ reading: ShotReading, props: [StagedProp], performers: [Performer]) {
        self.reading = reading
        self.props = props
        self.performers = performers
        // Beside a face a group behind would only be in the way, and nobody stands on the open sea.
        crowd = reading.size.isClose || reading.place == .sea ? nil : reading.crowd
    }

    func layers() -> [Layer] {
        var made: [Layer] = []
        for layer in reading.site.layers(reading.place) {
            // What stands near the lens frames a wide picture; in a close one it would hide the face.
            if layer.parallax > Lens.near, reading.size.isClose { continue }
            if layer.holdsCast { made += action() } else { made.append(flattened(layer)) }
        }
        return made
    }

    /// A long lens flattens: behind a face everything moves as one.
    private func flattened(_ layer: Layer) -> Layer {
        guard reading.size.isClose, layer.parallax < 1 else { return layer }
        var flat = layer
        flat.parallax = 0.6
        flat.drift = 0
        return flat
    }

    /// Everybody and everything, the farthest first.
    private func action() -> [Layer] {
        var entries: [(depth: Double, order: Int, layers: [Layer])] = []
        for (index, prop) in props.enumerated() { entries.append((prop.depth, index, layers(of: prop))) }
        for (index, performer) in performers.enumerated() {
            var layer = Layer("person \(index)", parallax: 1)
            layer.performer = index
            layer.isIndoors = reading.place.isIndoors
            entries.append((performer.depth, 100 + index, [layer]))
        }
        if let crowd { entries.append((crowd.depth, -1, [crowd.layer(on: reading.place)])) }
        entries.sort { $0.depth == $1.depth ? $0.order < $1.order : $0.depth > $1.depth }
        return entries.flatMap(\.layers)
    }

    private func layers(of prop: StagedProp) -> [Layer] {
        let name = "prop \(prop.id.isEmpty ? prop.kind.rawValue : prop.id)"
        var layer = Layer(name, parallax: 1)
        layer.isIndoors = reading.place.isIndoors
        let isAtSea = reading.place == .sea
        layer.still = { painter in
            if prop.kind == .door, !reading.place.isIndoors { PropPen(painter, prop, time: 0).drawHouseFront() }
            if prop.kind.hasShadow, !prop.isOnProp, !isAtSea { shadow(of: prop, painter) }
            painter.canvas.part(.prop(prop.id)) { PropPen(painter, prop, time: 0).drawStill(prop.kind) }
        }
        if prop.kind.isLively {
            layer.live = { painter, time in
                painter.canvas.part(.prop(prop.id)) { PropPen(painter, prop, time: time).drawLive(prop.kind) }
            }
        }
        return [layer]
    }

    private func shadow(of prop: StagedProp, _ painter: Painter) {
        let width = prop.kind.extent.width * 0.56 * prop.unit
        painter.canvas.fill(.ellipse(prop.at, width, width * 0.13), .flat(Colour(0x120e22, 0.18)))
    }
}
