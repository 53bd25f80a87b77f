package dev.vitrine.standalone.drill;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks into the tables of the index's writer. Only a drill may: it is there to find out whether
 * the interfaces tell what the tables hold.
 */
final class Truth {
    private final Connections connections;
    private final JsonMapper json;

    /** Opens connections to the PostgreSQL in use. */
    @FunctionalInterface
    interface Connections {
        Connection open() throws SQLException;
    }

    Truth(Connections connections, JsonMapper json) {
        this.connections = connections;
        this.json = json;
    }

    /** The products that are there. */
    Map<String, Content> products() throws SQLException {
        Map<String, Content> products = new HashMap<>();
        try (Connection connection = connections.open();
                PreparedStatement query =
                        connection.prepareStatement(
                                """
                                SELECT id, document FROM index.product
                                WHERE tenant = ? AND catalog = ? AND NOT deleted
                                """)) {
            query.setString(1, Drill.TENANT);
            query.setString(2, Drill.CATALOG);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    products.put(rows.getString(1), Content.of(json.readTree(rows.getString(2))));
                }
            }
        }
        return products;
    }

    /** How many products have no vector of their present text beside them, or one too many. */
    int wrongVectors() throws SQLException {
        try (Connection connection = connections.open();
                PreparedStatement query =
                        connection.prepareStatement(
                                """
                                SELECT count(*)
                                FROM (SELECT id, semantic_hash FROM index.product
                                      WHERE tenant = ? AND catalog = ? AND NOT deleted) p
                                FULL JOIN (SELECT id, text_hash FROM index.product_embedding
                                           WHERE tenant = ? AND catalog = ?) e USING (id)
                                WHERE p.semantic_hash IS DISTINCT FROM e.text_hash
                                """)) {
            query.setString(1, Drill.TENANT);
            query.setString(2, Drill.CATALOG);
            query.setString(3, Drill.TENANT);
            query.setString(4, Drill.CATALOG);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
