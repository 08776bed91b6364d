/** Stubs of the Kubernetes client: what watches, and what runs until a channel is closed. */

/** k8s.io/apimachinery/pkg/watch */
export const k8sWatch = `package watch
type Event struct{Type EventType; Object any}
type EventType string
type Interface interface{Stop(); ResultChan() <-chan Event}
`;

/** k8s.io/apimachinery/pkg/apis/meta/v1 */
export const k8sMeta = `package v1
type ListOptions struct{LabelSelector string; FieldSelector string; Watch bool; ResourceVersion string; TimeoutSeconds *int64}
`;

const watches = 'interface{Watch(ctx context.Context, opts metav1.ListOptions) (watch.Interface, error)}';

/** A typed client. Its resources are `Kind(namespace)`, those of `cluster` `Kind()`; each has an interface of its own. */
function typed(group: string, namespaced: Record<string, string>, cluster: Record<string, string> = {}): string {
  const getters = [
    ...Object.entries(namespaced).map(([plural, name]) => `${plural}(namespace string) ${name}Interface`),
    ...Object.entries(cluster).map(([plural, name]) => `${plural}() ${name}Interface`),
  ];
  const names = Object.values({ ...namespaced, ...cluster });
  return `package v1
import "context"
import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
import "k8s.io/apimachinery/pkg/watch"
type ${group}Interface interface{${getters.join('; ')}}
${names.map((name) => `type ${name}Interface ${watches}`).join('\n')}
`;
}

/** Interfaces of typed clients that can watch, without package. */
export const WATCHING = {
  core: { Pods: 'Pod', Services: 'Service', ConfigMaps: 'ConfigMap', Secrets: 'Secret', Endpoints: 'Endpoints' },
  coreCluster: { Nodes: 'Node', Namespaces: 'Namespace' },
  apps: { Deployments: 'Deployment', StatefulSets: 'StatefulSet', DaemonSets: 'DaemonSet', ReplicaSets: 'ReplicaSet' },
  batch: { Jobs: 'Job', CronJobs: 'CronJob' },
} as const;

/** k8s.io/client-go/kubernetes/typed/core/v1 */
export const k8sCore = typed('CoreV1', WATCHING.core, WATCHING.coreCluster);
/** k8s.io/client-go/kubernetes/typed/apps/v1 */
export const k8sApps = typed('AppsV1', WATCHING.apps);
/** k8s.io/client-go/kubernetes/typed/batch/v1 */
export const k8sBatch = typed('BatchV1', WATCHING.batch);

/** k8s.io/client-go/kubernetes */
export const k8sClient = `package kubernetes
import appsv1 "k8s.io/client-go/kubernetes/typed/apps/v1"
import batchv1 "k8s.io/client-go/kubernetes/typed/batch/v1"
import corev1 "k8s.io/client-go/kubernetes/typed/core/v1"
type Clientset struct{}
func (*Clientset) AppsV1() appsv1.AppsV1Interface
func (*Clientset) BatchV1() batchv1.BatchV1Interface
func (*Clientset) CoreV1() corev1.CoreV1Interface
type Interface interface{AppsV1() appsv1.AppsV1Interface; BatchV1() batchv1.BatchV1Interface; CoreV1() corev1.CoreV1Interface}
`;

/** k8s.io/client-go/tools/cache */
export const k8sCache = `package cache
type Controller interface{Run(stopCh <-chan struct{}); HasSynced() bool}
type InformerSynced func() bool
type SharedIndexInformer interface{SharedInformer}
type SharedInformer interface{Run(stopCh <-chan struct{}); HasSynced() bool}
type Watcher interface{}
func WaitForCacheSync(stopCh <-chan struct{}, cacheSyncs ...InformerSynced) bool
`;

/** k8s.io/client-go/informers */
export const k8sInformers = `package informers
import "context"
import "k8s.io/client-go/kubernetes"
import "reflect"
import "time"
type SharedInformerFactory interface{Start(stopCh <-chan struct{}); StartWithContext(ctx context.Context); Shutdown(); WaitForCacheSync(stopCh <-chan struct{}) map[reflect.Type]bool}
func NewSharedInformerFactory(client kubernetes.Interface, defaultResync time.Duration) SharedInformerFactory
`;

/** k8s.io/client-go/tools/watch */
export const k8sRetryWatch = `package watch
import "context"
import "k8s.io/apimachinery/pkg/watch"
import "k8s.io/client-go/tools/cache"
type RetryWatcher struct{}
func (*RetryWatcher) Done() <-chan struct{}
func (*RetryWatcher) ResultChan() <-chan watch.Event
func (*RetryWatcher) Stop()
func NewRetryWatcher(initialResourceVersion string, watcherClient cache.Watcher) (*RetryWatcher, error)
func NewRetryWatcherWithContext(ctx context.Context, initialResourceVersion string, watcherClient cache.Watcher) (*RetryWatcher, error)
`;
