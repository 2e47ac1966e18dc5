/** An OData filter as a tree, limited to the syntax that Graph supports. */
export type FilterNode =
  | { readonly kind: "literal"; readonly value: LiteralValue; readonly type: LiteralType }
  /**
   * `onPremisesExtensionAttributes/extensionAttribute1`, `assignedLicenses/$count`; in a lambda it may begin with the
   * variable.
   */
  | { readonly kind: "path"; readonly segments: readonly string[] }
  | { readonly kind: "logic"; readonly operator: "and" | "or"; readonly operands: readonly FilterNode[] }
  | { readonly kind: "not"; readonly operand: FilterNode }
  | {
      readonly kind: "compare";
      readonly operator: Comparison;
      readonly left: FilterNode;
      readonly right: FilterNode;
    }
  | { readonly kind: "in"; readonly left: FilterNode; readonly items: readonly FilterNode[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly FilterNode[] }
  | {
      readonly kind: "any";
      readonly collection: readonly string[];
      readonly variable: string;
      readonly condition: FilterNode;
    };

export type LiteralValue = string | number | boolean | null;
export type LiteralType = "String" | "Int32" | "Boolean" | "DateTimeOffset" | "Guid" | "null";
export const comparisons = ["eq", "ne", "gt", "ge", "lt", "le"] as const;
export type Comparison = (typeof comparisons)[number];

/** A filter that is not valid OData. */
export class FilterSyntaxError extends Error {
  override readonly name = "FilterSyntaxError";
}
