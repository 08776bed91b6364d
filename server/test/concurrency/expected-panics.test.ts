/** Code of others that panics where the package stops panics: what it skips is missing to those who wait. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> => toldLeaks(`package p\n\nimport "errors"\n\n${code}`);

/** A booth in which somebody answers questions with what a client has given for that. */
const booth = (ask: string): string => `type Oracle interface {
	Say(question string) string
}

type question struct {
	text   string
	answer chan string
}

type Booth struct {
	oracle Oracle
	asked  chan question
}

func NewBooth(o Oracle) *Booth {
	b := &Booth{oracle: o, asked: make(chan question)}
	go b.sit()
	return b
}

func (b *Booth) sit() {
	for q := range b.asked {
		_ = b.reply(q)
	}
}

func (b *Booth) reply(q question) (err error) {
${ask}
}

func (b *Booth) Ask(text string) string {
	q := question{text: text, answer: make(chan string, 1)}
	b.asked <- q
	return <-q.answer
}

func (b *Booth) Close() {
	close(b.asked)
}
`;

const STOPS = `	defer func() {
		if recover() != nil {
			err = errors.New("the oracle has left")
		}
	}()
`;

describe('panics that are expected of others', () => {
  it('leave those who wait for an answer', async () => {
    const leaks = await found(booth(`${STOPS}	q.answer <- b.oracle.Say(q.text)\n	return nil`));
    deepStrictEqual(leaks, ['receive-without-sender return <-q.answer']);
  });

  it('leave nobody where the answer comes in any case', async () => {
    const answers = STOPS.replace('\t\t\terr =', '\t\t\tq.answer <- ""\n\t\t\terr =');
    deepStrictEqual(await found(booth(`${answers}	q.answer <- b.oracle.Say(q.text)\n	return nil`)), []);
  });

  it('end the process where nobody stops them', async () => {
    deepStrictEqual(await found(booth('	q.answer <- b.oracle.Say(q.text)\n	return errors.New("")')), []);
  });

  it('are not expected of what prints', async () => {
    const code = booth(`${STOPS}	b.oracle.Log("asked", q.text)\n	q.answer <- q.text\n	return nil`);
    deepStrictEqual(await found(code.replace('Say(question string) string', 'Log(words ...any)')), []);
  });
});
