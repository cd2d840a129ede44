// Writes what compose-go's dotenv parser reads from each input of src/config/dotenv/inputs.json, and from inputs
// that are made of pieces of the syntax, to src/config/dotenv/compose.json.
package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"runtime/debug"
	"strings"

	"github.com/compose-spec/compose-go/v2/dotenv"
)

const module = "github.com/compose-spec/compose-go/v2"

// made is the number of inputs that are made of pieces.
const made = 400

// pieces are put together at random. There is no `$` among them: ecsctl expands nothing.
var pieces = []string{
	"A", "B_1", "c.d", "e-f", "[g]", "é", "9", "=", "=", "=", ":", " ", "  ", "\t", "\n", "\n", "\n", "\r\n", "#", " #",
	"'", "\"", "\"", "\\", "\\n", "\\\"", "\\'", "\\0101", "\\012", "\\c", "export ", "x y", "/", "+", "🙂", "\u00a0", "\ufeff",
}

// pick returns up to most of the pieces.
func pick(random *rand.Rand, pieces []string, most int) string {
	var picked strings.Builder
	for range 1 + random.Intn(most) {
		picked.WriteString(pieces[random.Intn(len(pieces))])
	}
	return picked.String()
}

// assignment returns a line that sets a variable, mostly.
func assignment(random *rand.Rand) string {
	quote := pick(random, []string{"", "", "'", "\""}, 1)
	value := pick(random, pieces, 6)
	if quote == "" {
		value = strings.ReplaceAll(value, "\n", " ")
	} else {
		value = strings.ReplaceAll(value, quote, "")
	}
	return pick(random, []string{"", "", "", "export ", "  "}, 1) + pick(random, []string{"A", "B_1", "c.d", "é"}, 2) +
		pick(random, []string{"=", "=", " = ", ": "}, 1) + quote + value + quote +
		pick(random, []string{"", " # x", "\r", "  "}, 1) + "\n"
}

type result struct {
	Input     string            `json:"input"`
	Variables map[string]string `json:"variables,omitempty"`
	Fails     bool              `json:"fails,omitempty"`
}

func parse(input string) result {
	variables, err := dotenv.Parse(strings.NewReader(input))
	if err != nil {
		return result{Input: input, Fails: true}
	}
	return result{Input: input, Variables: variables}
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, dependency := range info.Deps {
		if dependency.Path == module {
			return dependency.Version
		}
	}
	return "unknown"
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	fail(err)
	var inputs []string
	fail(json.Unmarshal(text, &inputs))
	random := rand.New(rand.NewSource(1))
	for at := range made {
		if at%2 == 0 {
			inputs = append(inputs, pick(random, pieces, 16))
			continue
		}
		var input strings.Builder
		for range 1 + random.Intn(4) {
			input.WriteString(assignment(random))
		}
		inputs = append(inputs, input.String())
	}
	fmt.Printf("{\"module\": %q, \"version\": %q, \"cases\": [\n", module, version())
	for at, input := range inputs {
		var line strings.Builder
		encoder := json.NewEncoder(&line)
		encoder.SetEscapeHTML(false)
		fail(encoder.Encode(parse(input)))
		comma := ","
		if at == len(inputs)-1 {
			comma = ""
		}
		fmt.Println(strings.TrimSuffix(line.String(), "\n") + comma)
	}
	fmt.Println("]}")
}
